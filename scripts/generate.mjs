// `npm run generate`: generates the Prisma client when it is missing or older than the schema.
import { generate } from './generate-client.mjs';

generate();
