import { isSound, together } from './crowd.ts';
import { killSenders, killTrials, type SendersPlatform } from './kill-senders.ts';
import type { Row } from './row.ts';
import { judgeSlack, slackWith, writeSlackCrowd } from './slack-crowd.ts';

export const r1Slack: Row = {
  id: 'R1-SLACK',
  title: 'Senders to Slack killed at random, one alone and three on one server',
  goal: '0 lost, 0 doubled, in order',
  async run(options) {
    const trials = await killTrials(options.quick, options.log);
    const { kills, messages, verdicts } = await killSenders(onSlack, trials, options);
    return {
      figure: `${kills} kills, ${messages} messages: ${together(verdicts)}`,
      ok: kills > 0 && verdicts.every(isSound),
    };
  },
};

const onSlack: SendersPlatform = {
  childName: 'slack-sending-child',
  write: writeSlackCrowd,
  async start(crowd, now, landsIn) {
    const slack = await slackWith(crowd, now);
    slack.fate = ({ method }) => ({
      lands: method === 'chat.postMessage' ? landsIn() : 0,
      answers: 'truth',
    });
    return {
      asked: slack.asked,
      faults: slack.faults,
      landed: () => slack.landed(),
      task: { apiUrl: slack.apiUrl },
      judge: (url) => judgeSlack(url, crowd, slack),
    };
  },
};
