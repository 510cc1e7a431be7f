import './welcome.css'
import type { ComponentChildren } from 'preact'
import { m } from '../../paraglide/messages.js'
import { Mark } from '../ui/mark.tsx'
import { LanguageChoice } from './language-choice.tsx'

type Props = {
  title: string
  /** Off where the form itself asks for the language. */
  languages?: boolean
  children: ComponentChildren
}

/** The calm page before the desk: the mark, one heading, one thing to do. */
export function WelcomeFrame({ title, languages = true, children }: Props) {
  return (
    <main class="welcome">
      <div class="welcome-card">
        <p class="welcome-brand">
          <Mark size={32} />
          {m.product_name()}
        </p>
        <h1>{title}</h1>
        {children}
      </div>
      {languages && <LanguageChoice />}
    </main>
  )
}
