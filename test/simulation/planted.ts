export async function tryPlanted(_histories: number, _length: number): Promise<boolean> {
  return false;
}
