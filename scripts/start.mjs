// `npm start`: makes ready what is missing, then runs the bot in this very process, so that signals reach it.
import { runCompiled } from './compiled.mjs';

await runCompiled('main', () => {
  // Whoever tries the bot finds a programme under way; it is never loaded beside Slack, Teams or a roster.
  if (!process.env.DATABASE_URL) process.env.DEMO_PROGRAM ||= 'on';
});
