/**
 * A backend in plain Java: the oracle that other backends are held against, and one to run a
 * plugin's tests on without native code. {@link org.pmf4j.testkit.plain.PlainBackendFactory} opens
 * it; no service file of this module names it, so that it is there where a test asks for it alone,
 * by {@link org.pmf4j.testkit.plain.PlainPlugin}. {@link org.pmf4j.testkit.plain.LayerAgainstPlain}
 * compares a layer of real size.
 *
 * <p>It is built to be read: arrays of doubles, operations as loops, gradients by walking a list of
 * steps backwards. It is the running example of the guide {@code docs/write-a-backend.md}, the
 * first proof of the conformance suite, and what tolerances are measured with. Read {@link
 * org.pmf4j.testkit.plain.PlainValue} first, then {@link org.pmf4j.testkit.plain.PlainKernels} and
 * its families, then {@link org.pmf4j.testkit.plain.PlainEngine} and {@link
 * org.pmf4j.testkit.plain.Recording}.
 */
package org.pmf4j.testkit.plain;
