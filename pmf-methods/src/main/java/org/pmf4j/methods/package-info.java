/**
 * Fusion methods that PMF is compared with, each in a package of its own, written against the
 * plugin interfaces alone: a linear probe, fine-tuning of one encoder or of several, and the
 * methods of other papers.
 */
package org.pmf4j.methods;
