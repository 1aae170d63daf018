/** The database as the use cases see it. Nothing of Prisma leaves this folder. */

import type { PersonId } from '../domain/ids.ts';
import type { Store, Tx, Urgency } from '../ports.ts';
import { checkInsIn, surveysIn } from './asked.ts';
import { recordIn } from './audit.ts';
import { blockersIn } from './blockers.ts';
import { cadencesIn } from './cadences.ts';
import { changesFacts } from './changes.ts';
import { connectAsItIs, type Database, openDatabase, type StoreAddress } from './client.ts';
import { consoleLedger } from './console-ledger.ts';
import { contactIn } from './contact.ts';
import { conversationsIn } from './conversations.ts';
import { dashboardIn } from './dashboard.ts';
import { deliveriesIn } from './deliveries.ts';
import { deliveryQueue } from './delivery-queue.ts';
import { digestFactsIn } from './digest-facts.ts';
import { digestMarksIn } from './digest-marks.ts';
import { endedSessions } from './ended-sessions.ts';
import { engagementsIn } from './engagements.ts';
import { exportsIn } from './exports.ts';
import { isCollision } from './faults.ts';
import { disposalsIn, legalHoldsIn } from './holds.ts';
import { inbox, inboxIn } from './inbox.ts';
import { installations } from './installations.ts';
import { databaseClock, jobRuns, migrationNames } from './job-runs.ts';
import { lockName } from './lock-name.ts';
import { mailRequestsIn } from './mail-requests.ts';
import { measuresIn } from './measures.ts';
import { meetingsIn } from './meetings.ts';
import { readMigrations } from './migrate.ts';
import { milestonesIn } from './milestones.ts';
import { nextDues } from './next-due.ts';
import { papersIn } from './papers.ts';
import { peopleIn } from './people.ts';
import { createReadOnce } from './read-once.ts';
import { recordsIn } from './records.ts';
import { referralsIn } from './referrals.ts';
import { roleGrantsIn } from './role-grants.ts';
import { standInsIn } from './stand-ins.ts';
import { inTransaction, type Session } from './transaction.ts';

export interface StoreOptions {
  readonly database: StoreAddress;
  /** Called at most once when the embedded database ends by itself: the process is to say so and end. */
  readonly onLost?: (error: Error) => void;
}

const patienceMs = 30_000;
const mostAttempts = 5;
const troubleMs = 2_000;

/**
 * Opens the database, bringing its tables up to date. Fails within seconds and in plain words when the data directory is
 * in use (`DataDirectoryInUse`), the server can't be reached, or the tables belong to a newer program (`SchemaMismatch`).
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = await openDatabase(options.database, await readMigrations(), options.onLost ?? (() => {}));
  return storeOn(database);
}

/** A server's database for looking only: its tables are left as they are, whatever version they belong to. */
export const lookInto = (url: string): Store => storeOn(connectAsItIs(url));

/** The store over an open database; closing it closes the database. */
export function storeOn(database: Database): Store {
  const ofTakenBack: ((urgency: Urgency) => void)[] = [];
  const ofWritten: ((personId: PersonId) => void)[] = [];
  const ofPeople: (() => void)[] = [];
  let changes = 0;
  const committed = ({ takenBack, writtenTo, savedPeople, changedFacts }: Noted): void => {
    if (changedFacts) changes += 1;
    for (const listen of ofTakenBack) for (const urgency of takenBack) listen(urgency);
    for (const listen of ofWritten) for (const personId of writtenTo) listen(personId);
    if (savedPeople) for (const listen of ofPeople) listen();
  };
  return {
    transaction: (work) => transact(database, work, committed),
    changes: () => changes,
    people: { onSaved: (listen) => void ofPeople.push(listen) },
    inbox: inbox(database),
    deliveries: {
      ...deliveryQueue(database),
      onTakenBack: (listen) => void ofTakenBack.push(listen),
      onWritten: (listen) => void ofWritten.push(listen),
    },
    installations: installations(database),
    endedSessions: endedSessions(database),
    nextDues: nextDues(database),
    jobs: jobRuns(database),
    migrations: () => migrationNames(database),
    clock: () => databaseClock(database),
    console: consoleLedger(database),
    troubles: () => troubles(database),
    close: () => database.close(),
  };
}

/** What a transaction did that somebody outside hears of once it is committed. */
interface Noted {
  readonly takenBack: Urgency[];
  readonly writtenTo: Set<PersonId>;
  savedPeople: boolean;
  changedFacts: boolean;
}

/**
 * All of `work` or nothing. Throwing rolls back. When two transactions collide, `work` is run again from the start, so
 * it must do nothing but use `tx`; using the store beside `tx` inside would wait for itself. What it has read it reads anew once it
 * has written there or taken a lock (`ReadOnce`).
 */
async function transact<T>(
  database: Database,
  work: (tx: Tx) => Promise<T>,
  committed: (noted: Noted) => void,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const noted: Noted = { takenBack: [], writtenTo: new Set(), savedPeople: false, changedFacts: false };
    const reads = createReadOnce();
    const asked = (sql: string): void => {
      reads.sent(sql);
      noted.changedFacts ||= changesFacts(sql);
    };
    const inside = async (session: Session): Promise<T> => {
      const db = reads.on(session);
      const record = recordIn(db);
      const made = await work(txOn(db, noted, record.audit));
      await record.write();
      return made;
    };
    try {
      const made = await database.gate.run(patienceMs, () => inTransaction(database, inside, asked));
      committed(noted);
      return made;
    } catch (error) {
      if (attempt >= mostAttempts || !isCollision(error)) throw error;
    }
  }
}

/** Each part is made when it is asked for: a transaction uses few of them. */
function txOn(db: Session, noted: Noted, audit: Tx['audit']): Tx {
  return {
    lock: (name) => lockName(db, name),
    get inbox() {
      return inboxIn(db);
    },
    get people() {
      const people = peopleIn(db);
      const save: typeof people.save = async (saved) => {
        await people.save(saved);
        noted.savedPeople ||= saved.length > 0;
      };
      return { ...people, save };
    },
    get roleGrants() {
      return roleGrantsIn(db);
    },
    get standIns() {
      return standInsIn(db);
    },
    get conversations() {
      return conversationsIn(db);
    },
    get engagements() {
      return engagementsIn(db);
    },
    get meetings() {
      return meetingsIn(db);
    },
    get deliveries() {
      return deliveriesIn(
        db,
        (urgency) => void noted.takenBack.push(urgency),
        (personId) => void noted.writtenTo.add(personId),
      );
    },
    get blockers() {
      return blockersIn(db);
    },
    get papers() {
      return papersIn(db);
    },
    audit,
    get cadences() {
      return cadencesIn(db);
    },
    get contact() {
      return contactIn(db);
    },
    get milestones() {
      return milestonesIn(db);
    },
    get checkIns() {
      return checkInsIn(db);
    },
    get surveys() {
      return surveysIn(db);
    },
    get mailRequests() {
      return mailRequestsIn(db);
    },
    get measures() {
      return measuresIn(db);
    },
    get digestFacts() {
      return digestFactsIn(db);
    },
    get referrals() {
      return referralsIn(db);
    },
    get digestMarks() {
      return digestMarksIn(db);
    },
    get legalHolds() {
      return legalHoldsIn(db);
    },
    get disposals() {
      return disposalsIn(db);
    },
    get exports() {
      return exportsIn(db);
    },
    get records() {
      return recordsIn(db);
    },
    get dashboard() {
      return dashboardIn(db);
    },
  };
}

class NoAnswer extends Error {}

/** What kinds of codes mean, of the system and of PostgreSQL (the first two letters of its codes are their class). */
const TROUBLES: readonly (readonly [RegExp, string])[] = [
  [
    /^(ECONN|EPIPE$|ENOENT$|EACCES$|EHOST|ENET|ETIMEDOUT$|ENOTFOUND$|EAI_)/u,
    "The database can't be reached.",
  ],
  [/^28/u, 'The database refuses our user or password.'],
  [/^3D/u, 'The database does not exist on its server.'],
  [/^53/u, 'The database is out of room or connections.'],
  [/^57P/u, 'The database is stopping or starting.'],
];

/** In our own words: the driver's may name an address or a user, and whoever asks for readiness is anybody. */
function troubleOf(error: unknown): string {
  if (!(error instanceof Error)) return "The database can't be used.";
  const code = 'code' in error ? String(error.code ?? '') : '';
  // The driver's own limits have no code.
  const isLate = error instanceof NoAnswer || (code === '' && /timeout/iu.test(error.message));
  if (isLate) return 'The database does not answer in time.';
  return TROUBLES.find(([codes]) => codes.test(code))?.[1] ?? "The database can't be used.";
}

async function troubles({ inboxPool, lost }: Database): Promise<string[]> {
  const reason = lost();
  if (reason) return [reason.message];
  let patience: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    patience = setTimeout(() => reject(new NoAnswer()), troubleMs);
  });
  try {
    const answer = await Promise.race([
      inboxPool.query(`SELECT current_setting('transaction_read_only') AS mode`),
      late,
    ]);
    // A database that can be read but not written is no use either.
    return answer.rows[0]?.mode === 'on' ? ['The database can be read but not written.'] : [];
  } catch (error) {
    return [troubleOf(error)];
  } finally {
    clearTimeout(patience);
  }
}
