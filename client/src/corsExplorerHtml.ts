import { Uri, type Webview } from 'vscode';

/**
 * The page of the explorer: one script and one style sheet of ours, nothing inline, nothing from elsewhere. `files`: the
 * folder with both.
 */
export function corsExplorerHtml(webview: Webview, files: Uri): string {
  const nonce = randomNonce();
  const style = webview.asWebviewUri(Uri.joinPath(files, 'corsExplorer.css'));
  const script = webview.asWebviewUri(Uri.joinPath(files, 'corsExplorer.js'));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <title>CORS</title>
  <link rel="stylesheet" href="${style}">
</head>
<body>
  <script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function randomNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
