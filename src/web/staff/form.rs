//! A posted form of the back office: it cannot be read without its token being checked.

use actix_web::dev::Payload;
use actix_web::web::{Data, Form, Query};
use actix_web::{FromRequest, HttpRequest};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use crate::web::staff::current::CurrentStaff;
use crate::web::{AppError, AppState};

/// The fields of a form that was shown to the person who sends it. The hidden field
/// [`StaffForm::TOKEN`] holds what [`CurrentStaff::shell`] gives.
#[derive(Debug)]
pub(crate) struct StaffForm<T>(pub(crate) T);

impl<T> StaffForm<T> {
    /// Name of the hidden field of the token.
    pub(crate) const TOKEN: &'static str = "csrf";
}

type Pairs = Vec<(String, String)>;

impl<T: DeserializeOwned + 'static> FromRequest for StaffForm<T> {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let current = CurrentStaff::extract(request);
        let pairs = Form::<Pairs>::from_request(request, payload);
        let state = request.app_data::<Data<AppState>>().cloned();
        async move {
            let pairs = pairs.await?.into_inner();
            let state = state.ok_or(AppError::BadForm)?;
            let token = pairs.iter().find(|(name, _)| name == Self::TOKEN);
            let token = token.map_or("", |(_, value)| value.as_str());
            current.await?.check(&state, token)?;
            let fields = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(pairs.iter().filter(|(name, _)| name != Self::TOKEN))
                .finish();
            let fields =
                Query::<T>::from_query(&fields).map_err(|_unreadable| AppError::BadForm)?;
            Ok(Self(fields.into_inner()))
        }
        .boxed_local()
    }
}
