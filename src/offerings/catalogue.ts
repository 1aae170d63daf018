/** The services that are on offer, as one value: use cases get it with the programme and never read a list of the module. */
import { type ItemTemplate, itemIn } from '../domain/card-template.ts';
import { newestTemplate, type Offering, type WorkflowOffering } from './offering.ts';

export interface Catalogue {
  /** In the order in which they are shown. */
  readonly offerings: readonly Offering[];
  /** The offering of that key, whatever its status; undefined for one that is not in the catalogue. */
  byKey(key: string): Offering | undefined;
}

/** A catalogue of these offerings. Throws (a bug) for a key, a word to type or a number prefix that two of them have. */
export function catalogueOf(offerings: readonly Offering[]): Catalogue {
  const keys = offerings.map(({ key }) => key);
  const words = offerings.map(({ alsoCalled: [word] }) => word);
  const prefixes = workflowsOf({ offerings }).map(({ numberPrefix }) => numberPrefix);
  for (const each of [keys, words, prefixes]) {
    const twice = each.find((name, index) => each.indexOf(name) !== index);
    if (twice !== undefined) throw new Error(`two offerings have ${twice}`);
  }
  const byKey = new Map(offerings.map((each) => [each.key, each]));
  return { offerings, byKey: (key) => byKey.get(key) };
}

/** Those that are asked for here, in order. */
export const workflowsOf = ({ offerings }: Pick<Catalogue, 'offerings'>): readonly WorkflowOffering[] =>
  offerings.filter((each) => each.kind === 'workflow');

/** The offering that is asked for here under that key; undefined for none. */
export function workflowBy(catalogue: Catalogue, key: string): WorkflowOffering | undefined {
  const found = catalogue.byKey(key);
  return found?.kind === 'workflow' ? found : undefined;
}

/** The offering of an engagement, which stays in the catalogue whatever becomes of it. Throws (a bug) where it does not. */
export function offeringOf(
  catalogue: Catalogue,
  { offering }: { readonly offering: string },
): WorkflowOffering {
  const found = workflowBy(catalogue, offering);
  if (!found) throw new Error(`no offering ${offering}`);
  return found;
}

/** What "I need an ISSO" and mail to the programme ask for: the first that is asked for here. Null without any. */
export const mainOffering = (catalogue: Catalogue): WorkflowOffering | null =>
  workflowsOf(catalogue)[0] ?? null;

/** A line of any offering's newest template; the first that has it. */
export function lineOfAny(catalogue: Catalogue, key: string): ItemTemplate | undefined {
  for (const each of workflowsOf(catalogue)) {
    const found = itemIn(newestTemplate(each), key);
    if (found) return found;
  }
  return undefined;
}
