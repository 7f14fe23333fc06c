/** The steps of deliver_interrupt() from another CPU, in their order: where a thread that posts stands. */
export const posterPcs = [
  "APICV_TEST",
  "SET_PIR",
  "SET_ON",
  "NOTIFY_TEST",
  "NOTIFY",
  "SOFT_IRR",
  "SOFT_EVENT",
  "SOFT_KICK",
  "SOFT_RESCHEDULE",
  "SVM_IRR",
  "SVM_MODE",
  "SVM_TEST_IN_GUEST",
  "SVM_TEST_OUTSIDE",
  "DOORBELL",
] as const;
/** One of them. */
export type PosterPc = (typeof posterPcs)[number];
