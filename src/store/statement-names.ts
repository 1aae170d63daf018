/**
 * Names for statements whose text comes again and again: a server's connection reads and plans a named one once, and again
 * only when its tables change. Reading and planning cost more than carrying out what we ask for.
 */

/** A text beyond so many different ones goes without a name: each named one stays in the memory of every connection. */
const mostNames = 500;

/** The text's name; undefined for one that goes without. */
export type NameOf = (text: string) => string | undefined;

/** One for each process: on every connection the same name means the same text. */
export function createStatementNames(): NameOf {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= mostNames) return known;
    const name = `isso_${names.size}`;
    names.set(text, name);
    return name;
  };
}

/** The embedded database has one session for all its connections, so a name would mean what another one said. */
export const withoutNames: NameOf = () => undefined;
