/**
 * Certifications and bands of experience (domain reference 7.4). CMS publishes no list; the two tiers follow the DoD 8140 matrix for
 * work role 722, as a guide. Extras and bands are assumed.
 */
import type { Tier } from '../domain/course.ts';
import type { Option } from '../domain/field.ts';
import type { CertificationWorth } from '../domain/matching-terms.ts';
import type { CertificationTier, ExperienceBand } from '../domain/skills.ts';

interface Certification extends Option {
  readonly worth: CertificationWorth;
}

const inTier = (tier: CertificationWorth['tier'], options: readonly Option[]): readonly Certification[] =>
  options.map((option) => ({ ...option, worth: { tier, extra: null } }));
const asExtra = (extra: CertificationWorth['extra'], options: readonly Option[]): readonly Certification[] =>
  options.map((option) => ({ ...option, worth: { tier: null, extra } }));

export const CERTIFICATIONS: readonly Certification[] = [
  ...inTier('lower', [
    { id: 'cgrc', label: 'CGRC (formerly CAP)' },
    { id: 'casp_plus', label: 'CASP+' },
    { id: 'ccsp', label: 'CCSP' },
    { id: 'cloud_plus', label: 'Cloud+' },
    { id: 'sscp', label: 'SSCP' },
    { id: 'security_plus', label: 'Security+' },
    { id: 'gsec', label: 'GSEC' },
  ]),
  ...inTier('upper', [
    { id: 'cism', label: 'CISM' },
    { id: 'cisso', label: 'CISSO' },
    { id: 'fitsp_m', label: 'FITSP-M' },
    { id: 'gcia', label: 'GCIA' },
    { id: 'gcsa', label: 'GCSA' },
    { id: 'gcih', label: 'GCIH' },
    { id: 'gslc', label: 'GSLC' },
    { id: 'gicsp', label: 'GICSP' },
    { id: 'cissp_issmp', label: 'CISSP-ISSMP' },
    { id: 'cissp', label: 'CISSP' },
  ]),
  ...asExtra('privacy', [
    { id: 'cdpse', label: 'CDPSE' },
    { id: 'cipp_g', label: 'CIPP/G' },
    { id: 'hcispp', label: 'HCISPP' },
  ]),
  ...asExtra('other', [
    { id: 'cisa', label: 'CISA' },
    { id: 'crisc', label: 'CRISC' },
    { id: 'aws_security', label: 'AWS security certification' },
    { id: 'azure_security', label: 'Azure security certification' },
  ]),
];

export const CERTIFICATION_TIER_NAMES: Readonly<Record<CertificationTier, string>> = {
  none: 'Not needed',
  lower: 'Lower tier',
  upper: 'Upper tier',
};

export const EXPERIENCE_BANDS: Readonly<Record<Tier, ExperienceBand & { readonly name: string }>> = {
  basic: { name: 'Basic: 2 years or more', years: 2, needs: [] },
  standard: { name: 'Standard: 4 years or more and a full ATO', years: 4, needs: [['full_ato']] },
  complex: {
    name: 'Complex: 7 years or more with High or HVA systems and FISMA lead',
    years: 7,
    needs: [['handled_fips_high', 'handled_hva'], ['led_fisma']],
  },
};
