/** A request for change: it goes to the Government Task Lead and is followed to its answer like a blocker. */
import { ASK_CHANGE } from '../../offerings/move-forms.ts';
import { raise, raised } from '../blocker.ts';
import type { Move } from '../engagement-move.ts';

const askChange: Move = {
  verb: 'engagement.ask-change',
  form: () => ASK_CHANGE,
  async take(work, engagement, answers) {
    const blocker = await raise(work, { kind: 'change', words: String(answers.change), engagement });
    return { ok: true, change: null, say: (await raised(work, blocker)).say };
  },
};

export const ASKING_MOVES: readonly Move[] = [askChange];
