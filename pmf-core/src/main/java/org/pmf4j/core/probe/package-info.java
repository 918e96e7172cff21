/**
 * Linear probes of frozen encoders (Guillaume Alain, Yoshua Bengio: <em>Understanding intermediate
 * layers using linear classifier probes</em>, 2016), by which training tells whether fusion is
 * worth it: a penalised linear model on the pooled vectors of each modality alone, and one on those
 * of all, against the fused model on the same validation rows. All of it is convex and solved on
 * the host in 64 bits, with nothing random but fixed draws: the same features give the same
 * figures.
 */
package org.pmf4j.core.probe;
