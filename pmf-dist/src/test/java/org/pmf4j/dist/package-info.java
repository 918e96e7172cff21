/**
 * The archives as an operator has them: unpacked, in a place that cannot be written, with Java and
 * nothing else.
 */
package org.pmf4j.dist;
