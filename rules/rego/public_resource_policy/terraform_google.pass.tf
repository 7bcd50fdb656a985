resource "google_cloud_run_service_iam_member" "inv_google_cloud_run_service" {
  service = "x"
  role    = "roles/run.invoker"
  member  = "serviceAccount:a@p.iam.gserviceaccount.com"
}

resource "google_cloudfunctions_function_iam_member" "inv_google_cloudfunctions_function" {
  cloud_function = "x"
  role           = "roles/run.invoker"
  member         = "serviceAccount:a@p.iam.gserviceaccount.com"
}

resource "google_cloudfunctions2_function_iam_member" "inv_google_cloudfunctions2_function" {
  cloud_function = "x"
  role           = "roles/run.invoker"
  member         = "serviceAccount:a@p.iam.gserviceaccount.com"
}

resource "google_cloud_run_v2_service" "inv_run_internal_s" {
  name     = "s"
  location = "l"
  ingress  = "INGRESS_TRAFFIC_INTERNAL_ONLY"
}
resource "google_cloud_run_v2_service_iam_member" "inv_run_internal_m" {
  name   = google_cloud_run_v2_service.inv_run_internal_s.name
  role   = "roles/run.invoker"
  member = "allUsers"
}

data "google_iam_policy" "inv_run_policy_noauth" {
  binding {
    role    = "roles/run.invoker"
    members = ["user:a@example.com"]
  }
}
resource "google_cloud_run_service_iam_policy" "inv_run_policy" {
  service     = "b"
  policy_data = data.google_iam_policy.inv_run_policy_noauth.policy_data
}

resource "google_cloud_run_v2_service" "run_invoker_off" {
  name                 = "s"
  location             = "l"
  invoker_iam_disabled = false
}

resource "google_iap_web_iam_member" "iap_everyone" {
  project = "p"
  role    = "roles/iap.httpsResourceAccessor"
  member  = "group:a@example.com"
}

resource "google_cloud_tasks_queue_iam_binding" "tasks_everyone" {
  name    = "p"
  role    = "roles/cloudtasks.enqueuer"
  members = ["group:a@example.com"]
}

resource "google_sourcerepo_repository_iam_member" "repo_everyone" {
  repository = "p"
  role       = "roles/viewer"
  member     = "group:a@example.com"
}

resource "google_compute_instance_iam_member" "vm_everyone" {
  instance_name = "p"
  role          = "roles/compute.osLogin"
  member        = "group:a@example.com"
}

resource "google_cloud_run_service" "run_invoker_annot" {
  name     = "s"
  location = "l"
  metadata {
    annotations = {
      "run.googleapis.com/invoker-iam-disabled" = "false"
    }
  }
}

resource "google_cloudfunctions2_function_iam_member" "fn2_internal" {
  cloud_function = google_cloudfunctions2_function.fn2_internal_f.name
  role           = "roles/cloudfunctions.invoker"
  member         = "allUsers"
}
resource "google_cloudfunctions2_function" "fn2_internal_f" {
  name = "f"
  service_config {
    ingress_settings = "ALLOW_INTERNAL_AND_GCLB"
  }
}

resource "google_cloud_run_service_iam_binding" "run_for_fn2" {
  service = google_cloudfunctions2_function.run_for_fn2_f.name
  role    = "roles/run.invoker"
  members = ["user:a@example.com"]
}
resource "google_cloudfunctions2_function" "run_for_fn2_f" {
  name = "g"
  service_config {
    ingress_settings = "ALLOW_ALL"
  }
}
