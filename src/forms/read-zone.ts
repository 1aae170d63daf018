/** The time zone people mean: "Mountain", "Denver", "America/Denver". */
import { isZone } from '../domain/time.ts';
import { fold } from './text.ts';

/** Names people in the United States use, with the cities of the CMS offices (Baltimore and the ten regions). */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  'America/New_York': [
    ...['eastern', 'east', 'et', 'est', 'edt', 'baltimore', 'woodlawn', 'washington', 'washington dc', 'dc'],
    ...['maryland', 'virginia', 'boston', 'philadelphia', 'atlanta'],
  ],
  'America/Chicago': ['central', 'ct', 'cst', 'cdt', 'dallas', 'kansas city', 'texas'],
  'America/Denver': ['mountain', 'mt', 'mst', 'mdt', 'colorado'],
  'America/Phoenix': ['arizona'],
  'America/Los_Angeles': ['pacific', 'pt', 'pst', 'pdt', 'california', 'san francisco', 'seattle'],
  'America/Anchorage': ['alaska', 'akst', 'akdt'],
  'Pacific/Honolulu': ['hawaii', 'hst'],
  'America/Puerto_Rico': ['atlantic', 'puerto rico', 'ast'],
  'Pacific/Pago_Pago': ['samoa', 'american samoa'],
  UTC: ['utc', 'gmt', 'zulu', 'coordinated universal'],
};
const LONGEST = 60;

let names: ReadonlyMap<string, string> | null = null;

/** Every name we know, folded, with its zone: cities of the zone table, American ones before others, then the names above. */
function known(): ReadonlyMap<string, string> {
  if (names) return names;
  const found = new Map<string, string>();
  const zones = Intl.supportedValuesOf('timeZone');
  for (const zone of zones) {
    const city = zone.split('/').at(-1)?.replaceAll('_', ' ').toLowerCase() ?? '';
    if (!found.has(city) || zone.startsWith('America/')) found.set(city, zone);
    found.set(zone.toLowerCase(), zone);
  }
  for (const [zone, words] of Object.entries(NAMED)) for (const word of words) found.set(word, zone);
  names = found;
  return found;
}

/** The IANA zone that `text` names, or null: "Mountain Time", "denver", "america/denver". */
export function readZone(text: string): string | null {
  if (text.length > LONGEST) return null;
  const wanted = fold(text)
    .replace(/^(?:the|us) /u, '')
    .replace(/ (?:standard |daylight )?time(?: zone)?$/u, '')
    .replace(/[.,]/gu, '');
  const named = known().get(wanted);
  if (named) return named;
  // Older names of the table, such as US/Eastern, count under the name the runtime gives them.
  return wanted.includes('/') && isZone(wanted)
    ? new Intl.DateTimeFormat('en-US', { timeZone: wanted }).resolvedOptions().timeZone
    : null;
}
