/**
 * A look at tables before anything is trained on them: what their columns hold, how large values
 * are, how classes are balanced, which rows repeat others or cannot be read. Rows are gone through
 * once; what is held of each is some bytes, and all else is bounded.
 */
package org.pmf4j.core.look;
