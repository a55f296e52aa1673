package io.tailwater.simulator.page;

/** The frame and the escaping that all pages share. */
final class Html {

    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #d9dee5; --soft: #5c6672; --card: #f6f8fa; --accent: #0b5cad; }
            @media (prefers-color-scheme: dark) {
              :root { --line: #353c46; --soft: #9aa5b1; --card: #1c2128; --accent: #79b8ff; }
            }
            body { font: 16px/1.55 system-ui, sans-serif; max-width: 58rem; margin: 2rem auto; padding: 0 1rem;
                   background: light-dark(#fff, #14181d); color: light-dark(#1d232a, #dfe4ea); }
            a { color: var(--accent); }
            h1 { font-size: 1.5rem; line-height: 1.25; }
            code, pre { font: 0.88em/1.5 ui-monospace, monospace; }
            :not(pre) > code { background: var(--card); border-radius: 3px; padding: 0.1em 0.3em; }
            pre { overflow-x: auto; background: var(--card); padding: 0.75rem; border-radius: 6px; }
            table { border-collapse: collapse; margin: 0.75rem 0; }
            th, td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
            .soft { color: var(--soft); font-size: 0.9rem; }
            .state { border: 1px solid var(--line); border-radius: 1rem; padding: 0.1rem 0.7rem; font-size: 0.8rem; }
            .comment { border: 1px solid var(--line); border-radius: 8px; margin: 1.25rem 0; }
            .comment > header { background: var(--card); border-bottom: 1px solid var(--line); padding: 0.5rem 1rem;
                                border-radius: 8px 8px 0 0; }
            .comment > div { padding: 0.25rem 1rem; overflow-x: auto; }
            .source td { border: 0; padding: 0 0.75rem; white-space: pre; font: 0.88em/1.5 ui-monospace, monospace; }
            .source td:first-child { color: var(--soft); text-align: right; user-select: none; }
            .source tr:target { background: light-dark(#fff3c4, #4a3f14); }
            """;

    private Html() {}

    /** A whole page; the body is HTML already. */
    static String page(String title, String body) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" + escape(title)
                + "</title><style>\n" + STYLE + "</style></head><body>\n" + body + "\n</body></html>\n";
    }

    /** A link; both parts are text. */
    static String link(String href, String text) {
        return "<a href=\"" + escape(href) + "\">" + escape(text) + "</a>";
    }

    /** Text made safe for elements and attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
