DROP TABLE mailbox_refusals;
