// `npm run restore`: makes ready what is missing, then writes a backup into an empty database.
import { runCompiled } from './compiled.mjs';

await runCompiled('backup-restore');
