/** All engagements in some states, page by page, so that no statement reads more than a page. */
import type { Engagement } from '../domain/engagement.ts';
import type { EngagementState } from '../domain/engagement-states.ts';
import type { Tx } from '../ports.ts';

const ON_A_PAGE = 200;
/** Far more engagements than any programme has: a mistake in the paging must not run for ever. */
const MOST_PAGES = 500;

type Find = Tx['engagements']['find'];

/** Pages by number, none of them empty; `find` reads one, in the caller's transaction or in one of its own. */
export async function* pagesOfEngagements(
  find: Find,
  states: readonly EngagementState[],
): AsyncGenerator<readonly Engagement[]> {
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = await find({ states, limit: ON_A_PAGE, ...(after === undefined ? {} : { after }) });
    if (found.length > 0) yield found;
    if (found.length < ON_A_PAGE) return;
    after = found.at(-1)?.number;
  }
}

/** The pages as one list. */
export async function allEngagements(
  find: Find,
  states: readonly EngagementState[],
): Promise<readonly Engagement[]> {
  const all: Engagement[] = [];
  for await (const page of pagesOfEngagements(find, states)) all.push(...page);
  return all;
}
