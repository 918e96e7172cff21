/**
 * The transformer layer that all encoder families share, in pre-norm and post-norm form, written as
 * queries over a memory of keys and values.
 */
package org.pmf4j.core.transformer;
