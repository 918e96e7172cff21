/**
 * The transformer layer that all encoder families share, in pre-norm and post-norm form, written as
 * queries over a memory of tokens.
 */
package org.pmf4j.core.transformer;
