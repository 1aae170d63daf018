// `npm run records`: makes ready what is missing, then writes records of a class into a folder, or checks such a folder.
import { runCompiled } from './compiled.mjs';

await runCompiled('records');
