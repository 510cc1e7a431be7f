/** Whether this page is one of the extension's; as a plain web page the desk has no toolbar button and no background. */
export function isExtensionPage(): boolean {
  return location.protocol.endsWith('extension:')
}
