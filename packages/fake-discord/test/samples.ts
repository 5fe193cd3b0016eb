// Message and component bodies for the tests of limits.

export const x = (length: number) => 'x'.repeat(length);
export const many = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));
export const embed = (fields: object) => ({ embeds: [{ description: 'd', ...fields }] });
export const button = (fields: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...fields });
export const rows = (...controls: object[][]) => ({
  content: 'x',
  components: controls.map((components) => ({ type: 1, components })),
});
export const option = (at: number) => ({ label: `Option ${at}`, value: `v${at}` });
export const select = (fields: object = {}) => ({ type: 3, custom_id: 'pick', options: [option(0)], ...fields });
export const without = (object: Record<string, unknown>, key: string) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
