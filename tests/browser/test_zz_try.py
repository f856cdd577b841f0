from tests.browser.test_desk_look import *
from tests.browser import test_desk_look as L
def test_x(desk, page):
    held(desk,page)
    for w,h in ((1440,2400),(390,4000)):
        page.set_viewport_size({"width": w, "height": h}); page.wait_for_timeout(600)
        r=Axe().run(page, {"exclude": [["#page"]]}, OPTIONS).response
        for v in r["incomplete"]:
            for n in v["nodes"]:
                keys=[(c.get("data") or {}).get("messageKey") for c in n["any"] if c.get('data')]
                if not set(keys)<=set(REVIEWED): print(w, v["id"], n["target"], keys, [[x['target'] for x in c.get('relatedNodes',[])][:3] for c in n['any']])
        page.screenshot(path=f"/tmp/shots/tall-{w}.png")
        print(page.evaluate("(()=>{const l=document.querySelector('#list'); return [l.scrollTop,l.scrollHeight,l.clientHeight]})()"))
    assert 0
