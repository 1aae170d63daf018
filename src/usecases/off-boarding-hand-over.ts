/** The hand-over when the Service ISSO is changed: what one has written stays readable, and the next one's exit talk is still to come. */
import type { Engagement } from '../domain/engagement.ts';
import { nextVersion } from '../domain/paper.ts';
import { exitTalk } from '../offerings/exit-talk.ts';
import type { Work } from './work.ts';

const SUCCESSOR = ['successor_kind', 'successor', 'remarks'] as const;

/** Takes the talk and the successor out of the hand-over, as a version of its own; nothing where none was written. */
export async function openHandOverAnew(
  { tx, now }: Pick<Work, 'tx' | 'now'>,
  { id }: Pick<Engagement, 'id'>,
): Promise<void> {
  const latest = await tx.papers.latest('hand-over', id);
  if (!latest) return;
  const gone = new Set<string>([...exitTalk.questions.map(({ key }) => key), ...SUCCESSOR]);
  const kept = Object.entries(latest.answers).filter(([key]) => !gone.has(key));
  if (kept.length === Object.keys(latest.answers).length) return;
  await tx.papers.insert(
    nextVersion(latest, {
      kind: 'hand-over',
      subject: id,
      formVersion: latest.formVersion,
      answers: Object.fromEntries(kept),
      byId: null,
      at: now,
      reason: null,
    }),
  );
}
