import { type Catalogue, catalogueOf } from './catalogue.ts';
import { CISA_DNS } from './cisa-dns.ts';
import { CISA_SOC } from './cisa-soc.ts';
import { CISA_VULN } from './cisa-vuln.ts';
import { ISSO_AS_A_SERVICE } from './isso-as-a-service.ts';
import { ISSO_MENTOR } from './isso-mentor.ts';
import { ISSOAAS_SURGE } from './issoaas-surge.ts';

/** The catalogue: one line for each offering. `test/offerings.test.ts` checks it against this folder. */
export const CATALOGUE: Catalogue = catalogueOf([
  ISSO_AS_A_SERVICE,
  ISSOAAS_SURGE,
  ISSO_MENTOR,
  CISA_SOC,
  CISA_VULN,
  CISA_DNS,
]);
