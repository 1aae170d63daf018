import type { Option } from '../domain/field.ts';

/** CMS components (domain reference 3.3, from CMSgov/easi-app, August 2024). CMS reorganizes: change them here. */
const NAMES: Readonly<Record<string, string>> = {
  CCSQ: 'Center for Clinical Standards and Quality',
  CCIIO: 'Center for Consumer Information and Insurance Oversight',
  CM: 'Center for Medicare',
  CMCS: 'Center for Medicaid and CHIP Services',
  CMMI: 'Center for Medicare and Medicaid Innovation',
  CPI: 'Center for Program Integrity',
  CMS: 'CMS-wide',
  EPRO: 'Emergency Preparedness and Response Operations',
  FCHCO: 'Federal Coordinated Health Care Office',
  OAGM: 'Office of Acquisition and Grants Management',
  OBRHI: 'Office of Burden Reduction and Health Informatics',
  OC: 'Office of Communications',
  OEDA: 'Office of Enterprise Data and Analytics',
  OEOCR: 'Office of Equal Opportunity and Civil Rights',
  OFM: 'Office of Financial Management',
  OHC: 'Office of Human Capital',
  OIT: 'Office of Information Technology',
  OL: 'Office of Legislation',
  OMH: 'Office of Minority Health',
  OPOLE: 'Office of Program Operations and Local Engagement',
  OSFLO: 'Office of Security, Facilities, and Logistics Operations',
  OSORA: 'Office of Strategic Operations and Regulatory Affairs',
  OSPR: 'Office of Strategy, Performance, and Results',
  OA: 'Office of the Actuary',
  OHI: 'Offices of Hearings and Inquiries',
  OTHER: 'Another component',
};

/** `OIT – Office of Information Technology`; the two that are no acronym show their name alone. */
export const COMPONENTS: readonly Option[] = Object.entries(NAMES).map(([id, name]) => ({
  id,
  label: id === 'CMS' || id === 'OTHER' ? name : `${id} – ${name}`,
}));
