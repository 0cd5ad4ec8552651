"""Templates in the reader's language."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from vigie.names import in_one_line
from vigie.web import formats, words
from vigie.web.board import window
from vigie.web.languages import Language, preferred

TEMPLATES: Final = Path(__file__).parent / "templates"
COOKIE: Final = "vigie_language"
_COOKIE_SECONDS: Final = 365 * 24 * 3600


class Renderer:
    """One template environment per language, made once."""

    def __init__(self, languages: Mapping[str, Language], addresses: Mapping[str, str]) -> None:
        self._languages = languages
        self._environments = {code: _environment(language) for code, language in languages.items()}
        self._addresses = addresses

    def page(
        self,
        request: Request,
        template: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> HTMLResponse:
        """The template as an answer in the reader's language. `?lang=` also sets the cookie."""
        asked = request.query_params.get("lang", "")
        code = asked if asked in self._languages else self._remembered(request)
        page = self._environments[code].get_template(template)
        text = page.render(
            language=self._languages[code],
            switch=self._switch(request),
            files=self._addresses,
            path=request.url.path,
            status=status,
            **values,
        )
        answer = HTMLResponse(text, status, headers)
        if asked in self._languages:
            secure = request.url.scheme == "https"
            answer.set_cookie(COOKIE, asked, _COOKIE_SECONDS, samesite="lax", httponly=True, secure=secure)
        return answer

    def _remembered(self, request: Request) -> str:
        cookie = request.cookies.get(COOKIE, "")
        if cookie in self._languages:
            return cookie
        return preferred(request.headers.get("accept-language", ""), tuple(self._languages))

    def _switch(self, request: Request) -> list[tuple[Language, str]]:
        """Each language with the link that shows this same page in it."""
        kept = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
        return [(language, "?" + urlencode([*kept, ("lang", code)])) for code, language in self._languages.items()]


def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(language.texts, newstyle=True)  # type: ignore[attr-defined]
    for function in (
        formats.number,
        formats.percent,
        formats.bits,
        formats.odds,
        formats.partial_date,
        formats.local_time,
        formats.until,
        formats.moment,
        formats.country,
        formats.compared,
        formats.script,
        formats.spot,
    ):
        environment.filters[function.__name__] = partial(function, language)
    environment.filters["script_direction"] = formats.script_direction
    environment.filters["window"] = window
    environment.filters["in_one_line"] = in_one_line
    environment.globals["words"] = words
    environment.globals["problem_meanings"] = language.problems
    return environment
