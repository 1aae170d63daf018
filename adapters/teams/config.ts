import { z } from 'zod';

/** Microsoft Teams' part of the settings: each with what it is for. */
export const teamsSettings = {
  TEAMS_APP_ID: z.string().optional().describe('Application id of the Azure Bot'),
  TEAMS_APP_PASSWORD: z.string().optional().describe('Client secret of the application'),
  TEAMS_TENANT_ID: z.string().optional().describe('The tenant the bot serves'),
  TEAMS_CLOUD: z.string().optional().describe('`public`, `gcc`, `gcch` or `dod`'),
  TEAMS_ISPG_CHANNEL: z.string().optional().describe('Id of the ISPG channel in Teams'),
  TEAMS_PROGRAM_CHANNEL: z.string().optional().describe('Id of the programme channel in Teams'),
  TEAMS_LOCAL: z
    .string()
    .optional()
    .describe('`on` lets local test clients in without credentials, on loopback only'),
};
