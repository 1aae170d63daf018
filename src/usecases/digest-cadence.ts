/** The cadences of digests in chat: when each comes, and changing it. */
import { mayEver } from '../domain/access.ts';
import { checkCadence, nextOccurrences } from '../domain/cadence.ts';
import { readCadence } from '../forms/read-cadence.ts';
import {
  type CadenceFacts,
  cadenceCard,
  cadenceNotAllowed,
  cadenceRefused,
} from '../messages/copy/cadence.ts';
import { dailyIsASetting, digestCadenceSet } from '../messages/copy/digest-cadence.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { DIGEST_NAMES, type DigestName, PROGRAMME_DIGESTS } from '../offerings/programme-digests.ts';
import type { Cadence } from '../ports.ts';
import { nextWritten } from './digest-schedule.ts';
import { noteCadence } from './note-cadence.ts';
import { ruleOf } from './plan-cadence.ts';
import { type Answer, answer, type Work } from './work.ts';

const DATES_SHOWN = 5;
const WORDS = new RegExp(
  `^digest\\b[\\s:]{0,5}(${DIGEST_NAMES.join('|')})?\\b[\\s:,]{0,5}([^\\n]{0,450})$`,
  'iu',
);

/** The cadences of all digests, for whoever reads of the programme; nothing for others. */
export async function digestCadences(work: Work): Promise<readonly CadenceFacts[]> {
  if (!mayEver(work.person, 'programme.read')) return [];
  const found: CadenceFacts[] = [];
  for (const name of DIGEST_NAMES) {
    const cadence = await work.tx.cadences.get(PROGRAMME_DIGESTS[name].key);
    if (cadence) found.push(factsOf(work, name, cadence, 1));
  }
  return found;
}

/**
 * `digest weekly` behind `cadence` shows one; with a rule behind it (`every Tuesday at 10:00`, five cron fields, `off`, `on`) sets it.
 * Null for words about anything else. Refused: somebody who may not, a rule that can't be read, the time of the daily one, which is
 * a setting.
 */
export async function changeDigestCadence(work: Work, typed: string): Promise<Answer | null> {
  const [all, named = 'daily', rule = ''] = WORDS.exec(typed.trim()) ?? [];
  if (all === undefined) return null;
  if (!mayEver(work.person, 'programme.read')) return answer(notYours());
  const name = DIGEST_NAMES.find((each) => each === named.toLowerCase()) ?? 'daily';
  const cadence = await work.tx.cadences.get(PROGRAMME_DIGESTS[name].key);
  if (!cadence) return answer(notYours());
  const mayChange = mayEver(work.person, 'cadence.set');
  const wanted = rule.trim().replace(/\.$/u, '').toLowerCase();
  if (wanted === '') return answer(cadenceCard(factsOf(work, name, cadence, DATES_SHOWN), mayChange));
  if (!mayChange) return answer(cadenceNotAllowed());
  if (wanted === 'off') return settle(work, name, { ...cadence, nextAt: null }, 'cadence.off');
  if (wanted === 'on') return settle(work, name, switchedOn(work, name, cadence), 'cadence.on');
  return name === 'daily'
    ? answer(dailyIsASetting(work.programme.digestTime))
    : setRule(work, name, cadence, rule);
}

const switchedOn = ({ now, programme }: Work, name: DigestName, cadence: Cadence): Cadence => ({
  ...cadence,
  nextAt: cadence.nextAt ?? nextWritten(name, ruleOf(cadence, programme), now, programme),
});

async function setRule(work: Work, name: DigestName, before: Cadence, rule: string): Promise<Answer> {
  const read = readCadence(rule);
  if (!read.ok) return answer(cadenceRefused(read.refusal));
  const { cron, zone, holidayRule } = read.value;
  const next: Cadence = {
    ...before,
    cron,
    timeZone: zone ?? before.timeZone,
    holidayRule: holidayRule ?? before.holidayRule,
  };
  const checked = checkCadence({ cron: next.cron, zone: next.timeZone });
  if (!checked.ok) return answer(cadenceRefused(checked.refusal.because));
  return settle(work, name, switchedOn(work, name, { ...next, nextAt: null }), 'cadence.set');
}

/** Saves it, writes the record and says it back. */
async function settle(work: Work, name: DigestName, cadence: Cadence, verb: string): Promise<Answer> {
  const { tx } = work;
  await tx.cadences.set(cadence);
  await tx.cadences.advance(cadence.key, cadence.nextAt);
  await noteCadence(work, cadence, verb);
  return answer(digestCadenceSet(factsOf(work, name, cadence, DATES_SHOWN)));
}

function factsOf(work: Work, name: DigestName, cadence: Cadence, dates: number): CadenceFacts {
  const { cron, timeZone: zone, holidayRule, nextAt } = cadence;
  const next = nextAt === null ? [] : nextOccurrences(ruleOf(cadence, work.programme), work.now, dates);
  return {
    title: PROGRAMME_DIGESTS[name].title,
    typed: `digest ${name}`,
    engagement: null,
    rule: nextAt === null ? null : { cron, zone, holidayRule },
    next,
  };
}
