/** Reads one of `names`; throws for any other text. */
export const memberOf =
  <Name extends string>(names: readonly Name[]) =>
  (text: string): Name => {
    const found = names.find((name) => name === text);
    if (found === undefined) throw new TypeError(`"${text}" was not written by this program.`);
    return found;
  };
