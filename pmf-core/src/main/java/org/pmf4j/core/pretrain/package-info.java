/**
 * Small encoders trained from scratch on one modality, supervised or by guessing masked tokens, and
 * saved in the layout that they are loaded from.
 */
package org.pmf4j.core.pretrain;
