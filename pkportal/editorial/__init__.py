"""The admin: base classes of every model's admin, accounts, roles and signing in.

A model's admin derives from the classes its model needs, the most special first::

    class MissionAdmin(PublishableAdmin, CheckableAdmin): ...   # Publishable and Checkable
    class MandateAdmin(CheckableAdmin): ...                     # Checkable
    class CountryAdmin(RecordAdmin): ...                        # any other Record

What each class adds, in the order in which Python looks methods up:

=====================  ========================  =====================================================================
class                  file                      adds
=====================  ========================  =====================================================================
``PublishableAdmin``   ``publishing.py``         action and buttons to publish; status, dates and obstacles to read
``WithdrawingAdmin``   ``withdrawing.py``        action and button to withdraw, with a page that asks why
``CheckableAdmin``     ``checking.py``           the mark in lists and forms, and the way to its sources
``RecordAdmin``        ``records.py``            optimistic locking, a fixed key once public, safe lookups, View on site
``RecordFormFields``   ``record_fields.py``      widgets: autocomplete, long texts, tick boxes for lists of choices
``HistoryAdmin``       ``record_history.py``     who changed a record; two points compared; what was, restored
``DeletingAdmin``      ``deleting.py``           what depends on a record is named before it is deleted
``DraftingAdmin``      ``drafting.py``           what the public would see at once is saved in the draft of its root
``PreviewingAdmin``    ``previews.py``           the public page as it would be
``HubAdmin``           ``hub.py``                what is linked to a record, with counts, on its form
``FormActionsAdmin``   ``form_actions.py``       the actions of the list on the form of one record
``ExchangeAdmin``      ``exchange.py``           import with a preview
``ExportAdmin``        ``file_export.py``        export of the list as a file
``ModelAdmin``         ``django.contrib.admin``  all else
=====================  ========================  =====================================================================

Parts that are edited on the page of their record derive from ``RecordInline`` (``records.py``), which has the same
``RecordFormFields``. The forms: ``DraftForm`` (``draft_forms.py``) is the form of every record, an
``OptimisticLockingForm`` (``optimistic_locking.py``) that shows and saves a draft; ``PublishableForm``
(``publishing.py``) and ``InlineForm`` (``inlines.py``) derive from it.

Signing in is allauth's: ``urls.py`` has its views, ``sign_in.py`` its adapter, ``passkeys.py`` its forms of keys;
``site.py`` and ``second_factor.py`` say who may use the admin, ``password_hashing.py`` bounds what a password
costs, ``sign_in_log.py`` writes who came and went.
"""
