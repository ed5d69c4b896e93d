import '@fontsource-variable/source-serif-4/opsz.css';
import '@fontsource-variable/public-sans/index.css';
import './ui/tokens.css';
import './ui/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LanguageFrame } from './app/language-frame.tsx';
import { createAppRouter } from './app/router.tsx';
import { startLanguage } from './i18n/i18n.ts';
import { createQueryClient } from './platform/client.ts';
import { startScheme } from './platform/scheme.ts';

startScheme();
startLanguage();

const queries = createQueryClient();
const router = createAppRouter({ queries });
const root = document.getElementById('root');

if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <LanguageFrame>
          <RouterProvider router={router} />
        </LanguageFrame>
      </QueryClientProvider>
    </StrictMode>,
  );
}
