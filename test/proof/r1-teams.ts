import { isSound, togetherUnread } from './crowd.ts';
import { killSenders, killTrials, type SendersPlatform } from './kill-senders.ts';
import type { Row } from './row.ts';
import { judgeTeams, teamsWith, writeTeamsCrowd } from './teams-crowd.ts';

export const r1Teams: Row = {
  id: 'R1-TEAMS',
  title: 'Senders to Teams killed at random, one alone and three on one server',
  goal: '0 lost, in order, each possible repeat listed',
  async run(options) {
    const { quick, log } = options;
    const trials = await killTrials(quick, log);
    // The quick share has one trial, the one in which others take over what a killed process had in hand.
    const { kills, messages, verdicts } = await killSenders(
      onTeams,
      quick ? trials.slice(-1) : trials,
      options,
    );
    return {
      figure: `${kills} kills, ${messages} messages: ${togetherUnread(verdicts)}`,
      ok: kills > 0 && verdicts.every(isSound),
    };
  },
};

const onTeams: SendersPlatform = {
  childName: 'teams-sending-child',
  write: writeTeamsCrowd,
  async start(crowd, _now, landsIn) {
    const cloud = await teamsWith(crowd);
    cloud.fate = ({ what }) => ({ lands: what === 'post' ? landsIn() : 0, answers: 'truth' });
    return {
      asked: cloud.asked,
      faults: cloud.faults,
      landed: () => cloud.landed(),
      task: { standIn: cloud.url },
      judge: (url) => judgeTeams(url, crowd, cloud),
    };
  },
};
