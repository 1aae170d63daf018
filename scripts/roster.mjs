// `npm run roster`: makes ready what is missing, then shows what an import of a roster file would do, or does it.
import { runCompiled } from './compiled.mjs';

await runCompiled('roster');
