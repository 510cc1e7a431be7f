/**
 * What of a group's name counts when names are compared: not its case, accents, width, spaces or what is not seen at all. The desk says
 * with it which groups of a file are new, the server which name is taken: they must agree.
 * `Équipe  Été` and `equipe ete` are one name.
 */
export function foldGroupName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
  // Up, then down: so that ß and ss, or the Greek sigmas, meet.
  return (plain === '' ? name : plain).toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}
