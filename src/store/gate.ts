/** Thrown to those who waited in vain for a turn at the database. */
export class NoTurn extends Error {
  override readonly name = 'NoTurn';
}

/** Lets a number of callers in at once; the others wait in the order of their coming. */
export class Gate {
  #free: number;
  readonly #waiting: { admit: () => void }[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  /** Runs `work` when there is a place; throws `NoTurn`, without having begun, after `patienceMs`. */
  async run<T>(patienceMs: number, work: () => Promise<T>): Promise<T> {
    await this.#enter(patienceMs);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #enter(patienceMs: number): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const waiter = {
        admit: () => {
          clearTimeout(patience);
          resolve();
        },
      };
      const patience = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(new NoTurn(`The database was busy for ${patienceMs} ms.`));
      }, patienceMs);
      this.#waiting.push(waiter);
    });
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next.admit();
    else this.#free += 1;
  }
}
