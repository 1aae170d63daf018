import { z } from 'zod';

/** Slack's part of the settings: each with what it is for. */
export const slackSettings = {
  SLACK_BOT_TOKEN: z.string().optional().describe('Bot token of the Slack app'),
  SLACK_SIGNING_SECRET: z.string().optional().describe('Signing secret of the Slack app'),
  SLACK_APP_TOKEN: z.string().optional().describe('App-level token, for Socket Mode'),
  SLACK_CLIENT_ID: z.string().optional().describe('Client id, for installing into several workspaces'),
  SLACK_CLIENT_SECRET: z
    .string()
    .optional()
    .describe('Client secret, for installing into several workspaces'),
  SLACK_STATE_SECRET: z.string().optional().describe('Secret that signs the installation state'),
  SLACK_API_URL: z.string().optional().describe('Base address of the Slack Web API'),
  SLACK_CLOUD: z.string().optional().describe('`commercial` or `gov`'),
  SLACK_ISPG_CHANNEL: z.string().optional().describe('Id of the ISPG channel in Slack'),
  SLACK_PROGRAM_CHANNEL: z.string().optional().describe('Id of the programme channel in Slack'),
};
