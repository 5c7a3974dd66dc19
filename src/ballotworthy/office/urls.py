"""Every address of the office, its page, and who may use it: one table."""

from __future__ import annotations

from ballotworthy.office.pages import (
    accept_invitation,
    admit,
    certificate,
    close,
    dashboard,
    differing,
    home,
    intake,
    new_case,
    outlook,
    people,
    picture,
    public,
    repeats,
    seed,
    sign_in,
    work,
)
from ballotworthy.office.who import (
    ANYBODY,
    CERTIFY,
    DECIDE,
    MANAGE,
    MANAGER,
    OBSERVE,
    RESOLVE,
    ROLES,
    STAFF,
    Route,
)

ROUTES = (
    Route("", home.page, "home", (STAFF,)),
    Route("sign-in", sign_in.page, "sign-in", (ANYBODY,)),
    Route("sign-out", sign_in.leave, "sign-out", (STAFF,)),
    Route("invited/<str:secret>", accept_invitation.page, "invited", (ANYBODY,)),
    Route("people", people.page, "people", (MANAGER,)),
    Route("people/link", people.link, "people-link", (MANAGER,)),
    Route("people/close", people.close, "people-close", (MANAGER,)),
    Route("public/<slug:slug>", public.page, "public", (ANYBODY,)),
    Route("cases/new", new_case.page, "new-case", (MANAGER,)),
    Route("cases/<slug:slug>", dashboard.page, "case", ROLES),
    Route("cases/<slug:slug>/lines", intake.lines, "intake", (MANAGE,)),
    Route("cases/<slug:slug>/frame", intake.frame, "frame", (MANAGE,)),
    Route("cases/<slug:slug>/roll", intake.roll, "roll", (MANAGE,)),
    Route("cases/<slug:slug>/seed", seed.page, "seed", (MANAGE, OBSERVE)),
    Route("cases/<slug:slug>/seed/enter", seed.enter, "seed-enter", (MANAGE,)),
    Route("cases/<slug:slug>/sample", seed.sample, "sample", (MANAGE,)),
    Route("cases/<slug:slug>/admit", admit.page, "admit", (MANAGE,)),
    Route("cases/<slug:slug>/work/<str:look>", work.page, "work", (DECIDE, RESOLVE)),
    Route("cases/<slug:slug>/work/<str:look>/rule", work.rule, "rule", (DECIDE, RESOLVE)),
    Route("cases/<slug:slug>/work/<str:look>/search", work.search, "search", (DECIDE, RESOLVE)),
    Route("cases/<slug:slug>/work/<str:look>/skip", work.skip, "skip", (DECIDE, RESOLVE)),
    Route("cases/<slug:slug>/picture/<str:line>", picture.page, "picture", (DECIDE, RESOLVE)),
    Route("cases/<slug:slug>/picture/<str:line>/<str:field>", picture.cell, "cell", (DECIDE, RESOLVE)),
    Route("cases/<slug:slug>/signature/<int:row>/<int:number>", picture.signature, "signature", (DECIDE, RESOLVE)),
    Route("cases/<slug:slug>/undo", work.undo, "undo", (DECIDE, RESOLVE)),
    Route("cases/<slug:slug>/differing", differing.page, "differing", (MANAGE, RESOLVE)),
    Route("cases/<slug:slug>/outlook", outlook.page, "outlook", (MANAGE, CERTIFY)),
    Route("cases/<slug:slug>/repeats", repeats.page, "repeats", (MANAGE, RESOLVE)),
    Route("cases/<slug:slug>/count", close.count, "count", (CERTIFY,)),
    Route("cases/<slug:slug>/certify", close.certify, "certify", (CERTIFY,)),
    Route("cases/<slug:slug>/certificate.pdf", certificate.paper, "certificate", ROLES),
    Route("cases/<slug:slug>/export/<str:audience>", certificate.export, "export", (MANAGE,)),
)

urlpatterns = [route.pattern() for route in ROUTES]
handler404 = "ballotworthy.office.refusals.not_found"
