/**
 * `npm run simulate -- --journey FILE --from DATE --to DATE`: prints every message that the bot would send while the journey
 * is carried out and afterwards, with the reason, and every one that it would not. Nothing is ever sent.
 */
import { runSimulate } from './simulate/command.ts';

process.exitCode = await runSimulate(process.argv.slice(2), {
  settings: process.env,
  print: (words) => console.log(words),
  complain: (words) => console.error(words),
});
