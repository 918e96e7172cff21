/**
 * A backend in plain Java, built to be read: arrays of doubles, operations as loops, gradients by
 * walking a list of steps backwards. It is the running example of the guide {@code
 * docs/write-a-backend.md}, the first proof of the conformance suite, and what tolerances are
 * measured with. Read {@link org.pmf4j.testkit.plain.PlainValue} first, then {@link
 * org.pmf4j.testkit.plain.PlainKernels} and its families, then {@link
 * org.pmf4j.testkit.plain.PlainEngine} and {@link org.pmf4j.testkit.plain.Recording}.
 */
package org.pmf4j.testkit.plain;
