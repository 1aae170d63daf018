/** Where a suspected incident is reported, unless the programme has set it otherwise, and how soon (ARS IR-6). */
export const INCIDENT_CONTACT = 'the CMS IT Service Desk';
export const INCIDENT_HOURS = 1;
