// `npm run audit:verify`: makes ready what is missing, then checks the audit record, in the database or in an exported file.
import { runCompiled } from './compiled.mjs';

await runCompiled('audit-verify');
