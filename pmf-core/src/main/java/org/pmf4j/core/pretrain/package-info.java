/**
 * Encoders trained on one modality, small ones from scratch or existing ones further, supervised or
 * by guessing masked tokens, and saved in the layout that they are loaded from.
 */
package org.pmf4j.core.pretrain;
