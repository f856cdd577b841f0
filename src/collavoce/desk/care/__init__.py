"""The phone's page: my standby, the press, being called, my circle.

In: a CareStagehand, requests of paired devices. Out: one page, one stream of equal frames.
Never: a rule of care, a word about one person on another's page, anything kept by the browser.
"""
