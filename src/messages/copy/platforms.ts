/** The chat platforms as people call them. */
export const PLATFORM_NAMES = {
  console: 'The console',
  slack: 'Slack',
  teams: 'Microsoft Teams',
} as const;
