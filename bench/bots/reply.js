// The answer of the other bots: an embed as long as a page of a guide, and three buttons.
export const TITLE = 'Before you close your account';
export const TEXT =
  'Closing is quick once three things are settled: your money, your contracts and your open proposals. ' +
  'Nothing is closed until the last step, and every step before it can be taken back. ' +
  'Read the page about your money first if there is any left on the account, and the page about contracts if one is open. ' +
  'If you only want a rest, you need not close anything: a profile can be hidden.';
export const FIELDS = [
  {
    name: 'Steps',
    value:
      '- Withdraw your balance, also what is still on its way to you\n- End every contract that is open, and wait until the last ' +
      'payment has come\n- Withdraw the proposals that nobody has answered yet\n- Save your invoices, your tax forms, your work',
  },
  {
    name: 'Please note',
    value: 'What one source says and another does not is shown with both, and with whose rule counts.',
  },
  {
    name: 'Sources',
    value: '[1] [How to close an account](https://example.com/help/close), Help centre, 1 November 2026',
  },
];
export const FOOTER = 'Not made by the company that it is about';
export const BUTTONS = [
  { id: 'money', label: 'My money first' },
  { id: 'contracts', label: 'My open contracts' },
  { id: 'close', label: 'Close it now' },
];

/** The same answer, prepared as JSON. */
export const BYTES = JSON.stringify({
  type: 4,
  data: {
    content: '',
    flags: 64,
    allowed_mentions: { parse: [] },
    embeds: [{ title: TITLE, description: TEXT, fields: FIELDS, footer: { text: FOOTER }, color: 0x3b82f6 }],
    components: [
      { type: 1, components: BUTTONS.map(({ id, label }) => ({ type: 2, style: 1, custom_id: id, label })) },
    ],
  },
});
