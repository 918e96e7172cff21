/**
 * Linear probes: frozen encoders whole, a linear layer on their pooled vectors. With one encoder it
 * tells what that modality knows alone; with several, what any sum of them can tell.
 */
package org.pmf4j.methods.probe;
