// `npm run doctor`: makes ready what is missing, then looks how the bot is. Argument: the address of a bot, or none.
import { runCompiled } from './compiled.mjs';

await runCompiled('doctor');
