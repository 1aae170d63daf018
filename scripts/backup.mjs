// `npm run backup`: makes ready what is missing, then writes all that the database holds into a file, or checks such a file.
import { runCompiled } from './compiled.mjs';

await runCompiled('backup');
