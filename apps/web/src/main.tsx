import '@fontsource-variable/source-serif-4/opsz.css';
import '@fontsource-variable/public-sans/index.css';
import './ui/tokens.css';
import './ui/base.css';
import { config } from 'zod';

// The content security policy forbids making code out of text. Schemas probe for it while they are
// built, so everything that holds schemas is loaded after this.
config({ jitless: true });

// A page that was open while the server was renewed asks for files that are gone: read it anew.
window.addEventListener('vite:preloadError', () => window.location.reload());

void import('./app/app.tsx').then(({ startApp }) => startApp());
